/** A keyboard presses what has the focus, as it would a real button. */
export function hearKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== 'Enter' && event.key !== ' ') return;
    if (!(target instanceof HTMLElement) || !target.classList.contains('pressable')) return;
    event.preventDefault();
    target.click();
  });
}
