package io.ddgan.train.evaluation;

/** What is kept of every example. */
enum Column {
  /** The example itself. */
  VALUES,
  /** Its features. */
  FEATURES,
  /** Its classes' probabilities. */
  PROBABILITIES
}
