/** Fills the field of a MAC address from the label of a device: by the live camera, or by a photo where there is none. */
import { openReader } from './codes.js'
import { macIn } from './label.js'

/** The camera shows more pictures than a phone can read. */
const pause = 120

const { reader: program } = document.querySelector('script[data-reader]').dataset
const area = document.querySelector('[data-scanning]')
const field = document.querySelector('#f-mac')
const said = area.querySelector('[data-scan-said]')
const dialog = document.querySelector('#scanner')
const video = dialog.querySelector('video')
const light = dialog.querySelector('[data-light]')
const photo = area.querySelector('[data-photo]')
const scan = area.querySelector('[data-scan]')
let stream

// Browsers give the camera to pages of https and of this machine only.
const hasCamera = navigator.mediaDevices?.getUserMedia !== undefined
area.hidden = false
scan.hidden = !hasCamera
photo.hidden = hasCamera

scan.addEventListener('click', async () => {
  said.textContent = ''
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    })
  } catch {
    said.textContent = said.dataset.refused
    photo.hidden = false
    return
  }
  video.srcObject = stream
  dialog.showModal()
  offerLight()
  const [read] = await Promise.all([openReader(program), video.play()])
  look(read)
})

async function look(read) {
  if (!dialog.open) return
  const found = firstMac(await read(video))
  if (found) return take(found)
  setTimeout(() => look(read), pause)
}

photo.querySelector('input').addEventListener('change', async ({ target }) => {
  const [file] = target.files
  if (!file) return
  said.textContent = ''
  const read = await openReader(program)
  const found = firstMac(await read(await createImageBitmap(file)).catch(() => []))
  target.value = ''
  if (found) take(found)
  else said.textContent = said.dataset.unread
})

/** A label has several codes: the one of the serial number is passed over. */
function firstMac(texts) {
  return texts.map(macIn).find((mac) => mac !== undefined)
}

function take(mac) {
  dialog.close()
  field.value = mac
  navigator.vibrate?.(60)
  field.dispatchEvent(new CustomEvent('scanned', { bubbles: true }))
  field.closest('form').querySelector('button.primary').focus()
}

function offerLight() {
  const [track] = stream.getVideoTracks()
  light.hidden = !track.getCapabilities?.().torch
  let isOn = false
  light.onclick = () => {
    isOn = !isOn
    track.applyConstraints({ advanced: [{ torch: isOn }] })
  }
}

dialog.addEventListener('close', () => {
  for (const track of stream?.getTracks() ?? []) track.stop()
  video.srcObject = null
})
