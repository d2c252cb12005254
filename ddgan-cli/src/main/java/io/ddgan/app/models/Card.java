package io.ddgan.app.models;

import io.ddgan.config.Key;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.run.RunFolder;

/** What one should know of a model before using it, beside what its run says. */
public record Card(
    @Key("what its examples are, in a few words") String makes,
    @Key("what it was trained on, and under which licence that is") String data,
    @Key("licence of the weights") String licence,
    @Key("command, seed and time") String training,
    @Key("what it cannot do") String limits) {

  /** Its file in a model's folder. */
  static final String FILE = "card.conf";

  /**
   * Reads the card of a model.
   *
   * @throws io.ddgan.config.ConfigurationException if there is none, or it leaves anything out
   */
  public static Card of(RunFolder model, Binder binder) {
    return binder.bind(Card.class, Hocon.file(model.root().resolve(FILE)));
  }
}
