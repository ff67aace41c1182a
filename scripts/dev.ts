import { startDevelopment } from "./development/start-development";

/** `npm run dev`: as `npm start`, with hot reload. */
export default function dev(): Promise<number> {
  return startDevelopment({ hotReload: true });
}
