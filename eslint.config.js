import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["sync_server/web/static/vendor/**", "node_modules/**", ".venv/**", "build/**"] },
  js.configs.recommended,
  {
    files: ["sync_server/web/static/modules/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: {
      complexity: ["error", 10],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 50],
      "max-params": ["error", 5],
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text is text: use textContent." },
        { property: "outerHTML", message: "Text is text: use textContent." },
        { property: "insertAdjacentHTML", message: "Text is text: use textContent." },
      ],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["tests/sync_server/web/**/*.js", "eslint.config.js"],
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "module",
      globals: { ...globals.browser, ...globals.node, ...globals.jest },
    },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
];
