package io.ddgan.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a network is given, by name. Those of this framework's objectives have a method each; other
 * objectives may give others. What an objective hides from a network is there and zero, see {@link
 * Conditions#zeros}, so that the network has the same parameters either way.
 */
public final class Inputs {

  /** The cleaner example x_t. */
  public static final String XT = "xt";

  /** The noisier example x_{t+1}. */
  public static final String XTP1 = "xtp1";

  /** The cleaner time t. */
  public static final String TIME = "time";

  /** The latent vector z. */
  public static final String LATENT = "latent";

  /** The class. */
  public static final String LABEL = "label";

  private static final Inputs NONE = new Inputs(Map.of());

  private final Map<String, SDVariable> byName;

  private Inputs(Map<String, SDVariable> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** No inputs. */
  public static Inputs none() {
    return NONE;
  }

  /** These inputs and one more, or one in place of that name, which is in kebab-case. */
  public Inputs with(String name, SDVariable value) {
    Map<String, SDVariable> more = new LinkedHashMap<>(byName);
    more.put(name, value);
    return new Inputs(more);
  }

  /** The cleaner example x_t, {@code [N, ...shape]}. */
  public SDVariable xt() {
    return get(XT);
  }

  /** The noisier example x_{t+1}, {@code [N, ...shape]}. */
  public SDVariable xtp1() {
    return get(XTP1);
  }

  /** The cleaner time t of each example as a real number in [0, T - 1], {@code [N]}. */
  public SDVariable time() {
    return get(TIME);
  }

  /** The latent vectors z, {@code [N, latentSize]}. */
  public SDVariable latent() {
    return get(LATENT);
  }

  /**
   * The class of each example, one-hot, {@code [N, classes]}; empty where the data has no classes.
   */
  public Optional<SDVariable> label() {
    return find(LABEL);
  }

  /** An input that may be missing. */
  public Optional<SDVariable> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * An input that must be there.
   *
   * @throws RefusedException if it is not; the message says which there are
   */
  public SDVariable get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new RefusedException(
                    "a network needs the input '%s', but the objective gives it only %s"
                        .formatted(name, byName.keySet())));
  }
}
