//! Pictures made small by the browser: drawn onto a canvas and written anew, within Muster's limits.
//!
//! Written anew, a picture has nothing of its file but what is seen: no place, no camera, no name.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::model::picture::MediaType;

/// Larger files are not even opened, in bytes. Muster's own limit.
const LARGEST_FILE: f64 = 50_000_000.0;
/// Its longest side at first, and after that if it is still too large, in pixels.
const SIDES: [f64; 3] = [1600.0, 1200.0, 800.0];
/// How well it is written, from the best that is tried.
const QUALITIES: [f64; 4] = [0.9, 0.75, 0.6, 0.45];
/// It is small enough at this many bytes. Muster's own limit.
const SMALL_ENOUGH: usize = 300_000;

/// A picture that is small enough.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Small {
    /// As it is kept.
    pub bytes: Vec<u8>,
    /// What they are.
    pub media_type: MediaType,
    /// How wide, in pixels.
    pub width: u32,
    /// How high, in pixels.
    pub height: u32,
    /// How many bytes the file had.
    pub was: u64,
}

/// Makes a picture small.
///
/// # Errors
/// Why the browser cannot, in a sentence.
pub async fn shrink(file: &Blob) -> Result<Small, String> {
    let was = file.size();
    if was > LARGEST_FILE {
        return Err("The picture has more than 50 MB. Cut out the part that matters.".to_owned());
    }
    let opened = async {
        let opening = window().create_image_bitmap_with_blob(file)?;
        JsFuture::from(opening).await?.dyn_into::<ImageBitmap>()
    };
    let bitmap = opened.await.map_err(|_| {
        "The browser cannot read this as a picture. Take a PNG, JPEG or WebP file.".to_owned()
    })?;
    let small = written(&bitmap).await;
    bitmap.close();
    let (bytes, media_type, width, height) = small
        .map_err(|_| "The browser does not let Muster draw pictures.".to_owned())?
        .ok_or_else(|| {
            "The picture does not become small enough. Cut out the part that matters.".to_owned()
        })?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let was = was as u64;
    Ok(Small {
        bytes,
        media_type,
        width,
        height,
        was,
    })
}

type Written = Option<(Vec<u8>, MediaType, u32, u32)>;

/// The best of what is tried that is small enough.
async fn written(bitmap: &ImageBitmap) -> Result<Written, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    for side in SIDES {
        let (width, height) = fitted(bitmap, side);
        canvas.set_width(width);
        canvas.set_height(height);
        let drawing = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
        let drawing: CanvasRenderingContext2d = drawing.unchecked_into();
        // Not every browser writes WebP, and JPEG has no glass: what shows through is white.
        for media_type in [MediaType::Webp, MediaType::Jpeg] {
            let (w, h) = (f64::from(width), f64::from(height));
            if media_type == MediaType::Jpeg {
                drawing.set_fill_style_str("#fff");
                drawing.fill_rect(0.0, 0.0, w, h);
            }
            drawing.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, w, h)?;
            for quality in QUALITIES {
                let bytes = encoded(&canvas, media_type, quality).await?;
                if MediaType::of(&bytes) != Some(media_type) {
                    break;
                }
                if bytes.len() <= SMALL_ENOUGH {
                    return Ok(Some((bytes, media_type, width, height)));
                }
            }
        }
    }
    Ok(None)
}

/// Its size with no side longer than this.
fn fitted(bitmap: &ImageBitmap, side: f64) -> (u32, u32) {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (side / width.max(height).max(1.0)).min(1.0);
    // Between 1 and the longest side.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
    (pixels(width), pixels(height))
}

/// What the canvas shows, as bytes; none where the browser writes no such pictures.
async fn encoded(
    canvas: &HtmlCanvasElement,
    media_type: MediaType,
    quality: f64,
) -> Result<Vec<u8>, JsValue> {
    let mut asked = Ok(());
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        asked = canvas.to_blob_with_type_and_encoder_options(
            &resolve,
            media_type.name(),
            &JsValue::from_f64(quality),
        );
    });
    asked?;
    let blob = JsFuture::from(promise).await?;
    let Ok(blob) = blob.dyn_into::<Blob>() else {
        return Ok(Vec::new());
    };
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// An address under which the page can show some bytes, until it is revoked.
pub fn address_of(bytes: &[u8], media_type: MediaType) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type.name());
    let blob = Blob::new_with_blob_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

/// The address shows nothing from now on.
pub fn revoke(address: &str) {
    drop(web_sys::Url::revoke_object_url(address));
}

/// The pictures among some files, by what the browser takes them for.
pub fn is_picture(file: &web_sys::File) -> bool {
    file.type_().starts_with("image/")
}
