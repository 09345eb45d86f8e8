/* What makes a page livelier. Without any of it every page still works. config/static.py joins the parts. */
import "./time.js";
import "./toasts.js";
import "./forms.js";
import "./drafts.js";
import "./focus.js";
import "./composer.js";
import "./composer-keys.js";
import "./composer-preview.js";
import "./completions.js";
import "./completion-keys.js";
import "./picture-ways.js";
import "./picture-dialog.js";
import "./uploads.js";
import "./drop-sign.js";
import "./shortcuts.js";
import "./copy-code.js";
