/** Whether this is the development server (`npm run dev`), which needs what production must not allow. Set by Next at build time. */
export const IS_DEVELOPMENT_SERVER = process.env.NODE_ENV === "development";
