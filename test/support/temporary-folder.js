"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.temporaryFolder = temporaryFolder;
const node_fs_1 = require("node:fs");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
/** A new folder for the test file that asks; its environment (own-folder-environment.cjs) removes it when the file is through. */
function temporaryFolder(name) {
    const ofTests = (0, node_path_1.join)((0, node_os_1.tmpdir)(), 'of-tests');
    (0, node_fs_1.mkdirSync)(ofTests, { recursive: true });
    return (0, node_fs_1.mkdtempSync)((0, node_path_1.join)(ofTests, `${name}-`));
}
//# sourceMappingURL=temporary-folder.js.map