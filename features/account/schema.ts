import * as z from "zod";

import { PersonNameSchema } from "@/features/sign-up/schema";

/** What the profile form sends. */
export const ProfileSchema = z.strictObject({ name: PersonNameSchema });
