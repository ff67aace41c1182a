import { Problem } from "@/app/_request/problem";
import { respond } from "@/app/_request/route";

/** Where there is nothing, there is nothing for anybody: any method, from any origin, signed in or not. */
function refuse(request: Request): Promise<Response> {
  return respond(request, () => {
    throw new Problem("not_found");
  });
}

export {
  refuse as DELETE,
  refuse as GET,
  refuse as HEAD,
  refuse as OPTIONS,
  refuse as PATCH,
  refuse as POST,
  refuse as PUT,
};
