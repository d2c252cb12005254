package io.ddgan.losses.augmentation;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.util.Locale;

/** An augmentation of pixels. Its type in configurations is its class name in lower case. */
interface ImageAugmentation extends Augmentation {

  @Override
  default void check(DataShape data, DataShape encoded) {
    String type = getClass().getSimpleName().toLowerCase(Locale.ROOT);
    if (!data.isImage()) {
      throw new RefusedException(
          "%s is for images, but the data have the shape %s; remove it, or use noise"
              .formatted(type, data));
    }
    if (!data.equals(encoded)) {
      throw new RefusedException(
          "%s works on pixels, but the data is encoded; remove it, or set representation = identity"
              .formatted(type));
    }
  }
}
