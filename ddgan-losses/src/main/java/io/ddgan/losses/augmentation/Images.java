package io.ddgan.losses.augmentation;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;

/** Refuses what is not the pixels of an image. */
final class Images {

  private Images() {}

  /**
   * Makes sure that examples are images as the data has them.
   *
   * @param type the augmentation's name in configurations
   * @throws RefusedException if they are not; the message says what to do
   */
  static void require(String type, DataShape data, DataShape encoded) {
    if (!data.isImage()) {
      throw new RefusedException(
          "%s is for images, but the data are points; leave it out, or use noise or rotation"
              .formatted(type));
    }
    if (!data.equals(encoded)) {
      throw new RefusedException(
          "%s works on pixels, but the networks see them encoded; leave it out, or set representation = identity"
              .formatted(type));
    }
  }
}
