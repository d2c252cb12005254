package io.ddgan.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The inputs of a network by name. The inputs of this framework's objectives have methods; other
 * objectives may add more. A hidden input is present and zero, see {@link
 * ConditioningInputs#zeros}, so the network has the same parameters either way.
 */
public final class Inputs {

  /** The example x_t. */
  public static final String XT = "xt";

  /** The example x_{t+1}. */
  public static final String XTP1 = "xtp1";

  /** The time t of x_t. */
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

  /** Adds or replaces an input; its name is in kebab-case. */
  public Inputs with(String name, SDVariable value) {
    Map<String, SDVariable> more = new LinkedHashMap<>(byName);
    more.put(name, value);
    return new Inputs(more);
  }

  /** The example x_t, {@code [N, ...shape]}. */
  public SDVariable xt() {
    return get(XT);
  }

  /** The example x_{t+1}, {@code [N, ...shape]}. */
  public SDVariable xtp1() {
    return get(XTP1);
  }

  /** The time t of x_t of each example as a real number in [0, T - 1], {@code [N]}. */
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

  /** Returns an input, if present. */
  public Optional<SDVariable> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Returns a required input.
   *
   * @throws RefusedException if it is missing; the message lists the others
   */
  public SDVariable get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new RefusedException(
                    "a network needs the input '%s', but the objective provides only %s"
                        .formatted(name, byName.keySet())));
  }
}
