/** Attributes a screen reader needs; Taro's weapp templates leave them out unless they are named here. */
const spoken = {
  'aria-role': '',
  'aria-label': '',
  'aria-hidden': '',
  'aria-disabled': '',
  'aria-selected': '',
};

module.exports = {
  View: spoken,
  Text: spoken,
  Image: spoken,
  Input: spoken,
  ScrollView: spoken,
  Switch: spoken,
};
