import { startDevelopment } from "./development/start-development";

/** `npm start`: the whole product on this machine, as a production build. */
export default function start(): Promise<number> {
  return startDevelopment({ hotReload: false });
}
