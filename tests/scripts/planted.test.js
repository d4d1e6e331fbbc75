import { assertEqual } from "./assert.js";

export function a_wrong_value_fails() {
  assertEqual({ a: 1 }, { a: 2 });
}
