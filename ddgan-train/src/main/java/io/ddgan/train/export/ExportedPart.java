package io.ddgan.train.export;

import java.util.Locale;

/** What of a trained generator goes into a file. */
public enum ExportedPart {
  /** A sampler's whole path, from noise to examples. */
  SAMPLER,
  /** One evaluation of the network. */
  GENERATOR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
