/**
 * JSON that may stand inside a `<script>` of a page: no text in it can end the element, begin a comment in it, or end a line
 * of JavaScript.
 */
export const asScriptData = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
