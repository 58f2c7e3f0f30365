// The pages that checks of a kind of page use by name. A page that has moved is told by the golden gate.
// The pages of the rules: some fifty, made by one template from short texts of the same shape.
export const ALIKE = /^\/regler\/./;

export const PLAN = '/planer/alva/ip-2026/';

export const KEY_PAGES = {
  'start': '/',
  'individuell-plan': '/individuell-plan/',
  'lattlast': '/individuell-plan-lattlast/',
  'jamforelse': '/ip-sip-genomforandeplan/',
  'planer': '/planer/',
  'plan-ip': PLAN,
  'plan-lattlast': `${PLAN}lattlast/`,
  'att-gora': '/planer/alva/att-gora/',
  'blanketter': '/blanketter/',
  'plan-sip': '/planer/goran/sip-2026/',
  'plan-genomforandeplan': '/planer/alva/genomforandeplan-snickeriet/',
  'regel': '/regler/ip101/',
  'falt': '/falt/sip/',
  'finns-inte': '/404.html',
  'sok': '/sok.html?q=ledsagar',
};

// Read aloud from beginning to end.
export const SPOKEN = ['start', 'lattlast', 'plan-ip', 'jamforelse', 'sok'];
