import type { Weakening } from "../../support/weakening-proxy";
import { fieldsOf, isCall, json, weakness } from "./weakness";

const CALLBACK = /^\/api\/auth\/callback\//;

/** Whatever a callback brings, whoever comes with it is in: as the person who signed up last. */
function believesCallbacks(): Weakening {
  let email = "";
  return async (request, forward) => {
    if (isCall(request, "POST", "/api/sign-up")) email = String(fieldsOf(request)["email"]);
    if (isCall(request, "GET", CALLBACK)) {
      return { status: 302, headers: { location: "/dashboard", "set-cookie": ["believed=1; Path=/"] }, body: "" };
    }
    const believed = /believed=1/.test(request.headers.cookie ?? "");
    return believed && isCall(request, "GET", "/api/me") ? json(200, { user: { email } }) : forward(request);
  };
}

export const identityProviderWeaknesses = (["A61", "A62", "A63", "A64", "A65", "A66", "A69"] as const).map((id) =>
  weakness(id, "a callback is believed, whatever it brings", believesCallbacks()),
);
