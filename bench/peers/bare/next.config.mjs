import config from "../next-config.mjs";

export default config;
