/** A phone has no keyboard to move about with. */
export function hearKeyboard(): void {}
