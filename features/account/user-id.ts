/** The id of a person who was let in. A brand, so that an id from a request can't be passed where one is asked for. */
export type UserId = string & { readonly __brand: "UserId" };
