/** The look of a link inside a sentence, and of a button that stands like one. */
export const textLinkStyle =
  "font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent";
