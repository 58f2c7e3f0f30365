// The rules of html-validate. Left out: how the doctype is written, blanks at the ends of lines (nobody sees them),
// and the length of <title>, which is for search engines: a plan is named by the person it is about.
export default {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:standard'],
  rules: { 'doctype-style': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off' },
};
