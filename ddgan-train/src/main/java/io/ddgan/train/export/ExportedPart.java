package io.ddgan.train.export;

import java.util.Locale;

/** The part of a trained generator that is exported. */
public enum ExportedPart {
  /** All steps of a sampler, from noise to examples. */
  SAMPLER,
  /** One evaluation of the network. */
  GENERATOR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
