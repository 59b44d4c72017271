/** The picture as a file of its own: all that it needs stands in its attributes. */
export function pictureText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  for (const element of copy.querySelectorAll('[tabindex]')) element.removeAttribute('tabindex');
  return new XMLSerializer().serializeToString(copy);
}

/** Browsers draw no larger canvas. */
const LARGEST_SIDE = 16_000;

/** Twice as fine as on the screen, as far as the browser can. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(2, LARGEST_SIDE / Math.max(width, height));
  const url = URL.createObjectURL(new Blob([pictureText(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser draws no pictures');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (blob === null) throw new Error('the picture is too large for this browser; save it as SVG');
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
