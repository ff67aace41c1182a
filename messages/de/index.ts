import account from "./account.json";
import activity from "./activity.json";
import auth from "./auth.json";
import components from "./components.json";
import mails from "./mails.json";
import rules from "./rules.json";
import security from "./security.json";
import site from "./site.json";

export default { account, activity, auth, components, mails, rules, security, site };
