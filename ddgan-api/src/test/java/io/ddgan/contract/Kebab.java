package io.ddgan.contract;

/** Names as they are written in configurations and files. */
final class Kebab {

  /** Matches names in kebab-case. */
  static final String CASE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private Kebab() {}
}
