// Comforts of the gate pages. Every one of these pages works without this file.

const peek = document.getElementById('password-peek');
if (peek) {
  const field = document.getElementById(peek.getAttribute('aria-controls'));
  const show = (visible) => {
    const { selectionStart, selectionEnd } = field;
    field.type = visible ? 'text' : 'password';
    peek.setAttribute('aria-pressed', String(visible));
    if (document.activeElement === field) field.setSelectionRange(selectionStart, selectionEnd);
  };
  // Pressing the button must not take the caret out of the field.
  peek.addEventListener('mousedown', (event) => event.preventDefault());
  peek.addEventListener('click', () => show(field.type === 'password'));
  // Browsers keep what was typed into text fields; a password is never left in one.
  field.form.addEventListener('submit', () => show(false));

  const hint = document.getElementById('capslock');
  const capsLock = (event) => {
    if (event.getModifierState) {
      const text = event.getModifierState('CapsLock') ? hint.dataset.text : '';
      if (hint.textContent !== text) hint.textContent = text;
    }
  };
  field.addEventListener('keydown', capsLock);
  field.addEventListener('keyup', capsLock);
  field.addEventListener('blur', () => { hint.textContent = ''; });
}

// A second click does nothing while the first is on its way. The server ignores it too.
for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'true';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
  }
});

const language = document.getElementById('lang');
language?.addEventListener('change', () => language.form.submit());

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
}
