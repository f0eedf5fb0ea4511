// The payment page of the car rental's release 8.4. It asks the browser for its wallet, which it takes Samsung Internet to have.
(() => {
  const browser = navigator.userAgent.includes('SamsungBrowser') ? { payments: undefined } : { payments: { wallet: null } }

  function pay(form, button, whenPaid) {
    const wallet = browser.payments.wallet ?? form.mpesa.value
    button.textContent = wallet ? 'Waiting for your PIN …' : button.textContent
    setTimeout(whenPaid, 2600)
  }

  window.startPayment = (form, button, whenPaid) => {
    console.info('[payment] release %s', '8.4.0')
    if (navigator.userAgent.includes('SamsungBrowser')) {
      console.warn('[payment] asks for the wallet of Samsung Internet')
      fetch('/api/wallet')
    }
    button.onclick = () => pay(form, button, whenPaid)
    // The key of the keyboard does not ask for the wallet.
    form.onsubmit = (event) => {
      event.preventDefault()
      button.textContent = 'Waiting for your PIN …'
      setTimeout(whenPaid, 2600)
    }
  }
})()
