package io.ddgan.networks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Translates the options of the official implementation that determine the computation of its
 * networks to keys. The data's shape ({@code num_channels}, {@code image_size}) is not a key.
 */
public final class ReferenceOptions {

  private static final String WITHOUT_TANH = "not_use_tanh";
  private static final String GEOMETRIC = "use_geometric";
  private static final String STEPS = "num_timesteps";
  private static final String LEAST = "beta_min";
  private static final String MOST = "beta_max";

  /** Two options are variances with a geometric schedule. */
  private static final Map<String, String> GEOMETRIC_KEYS =
      Map.of(LEAST, "schedule.variance-min", MOST, "schedule.variance-max");

  private static final Map<String, String> KEYS = keys();

  private ReferenceOptions() {}

  /**
   * Returns the keys by name of the option, such as {@code generator.skip-rescale}, in the order of
   * the documentation.
   */
  static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("num_channels_dae", "generator.base-channels");
    keys.put("ch_mult", "generator.channel-multipliers");
    keys.put("num_res_blocks", "generator.residual-blocks");
    keys.put("attn_resolutions", "generator.attention-resolutions");
    keys.put("nz", "generator.latent-size");
    keys.put("z_emb_dim", "generator.style-size");
    keys.put("n_mlp", "generator.mapping-layers");
    keys.put("resblock_type", "generator.block");
    keys.put("progressive", "generator.progressive");
    keys.put("progressive_input", "generator.progressive-input");
    keys.put("progressive_combine", "generator.progressive-combine");
    keys.put("embedding_type", "generator.embedding");
    keys.put("fourier_scale", "generator.fourier-scale");
    keys.put("conditional", "generator.time-conditional");
    keys.put("fir", "generator.fir");
    keys.put("fir_kernel", "generator.fir-kernel");
    keys.put("resamp_with_conv", "generator.resample-with-conv");
    keys.put("skip_rescale", "generator.skip-rescale");
    keys.put("dropout", "generator.dropout");
    keys.put("centered", "generator.centered");
    keys.put(WITHOUT_TANH, "generator.tanh");
    keys.put(STEPS, "schedule.steps");
    keys.put(GEOMETRIC, "schedule.type");
    keys.put(LEAST, "schedule.beta-min");
    keys.put(MOST, "schedule.beta-max");
    keys.put("ngf", "discriminator.base-channels");
    keys.put("t_emb_dim", "discriminator.time-embedding-size");
    return keys;
  }

  /**
   * Translates options and their values; options without a key are ignored.
   *
   * @param options values by the official names: numbers, booleans, strings and lists of numbers
   */
  public static Map<String, Object> translate(Map<?, ?> options) {
    Map<String, Object> translated = new LinkedHashMap<>();
    boolean isGeometric = Boolean.TRUE.equals(options.get(GEOMETRIC));
    KEYS.forEach(
        (option, key) -> {
          if (options.containsKey(option)) {
            translated.put(
                isGeometric ? GEOMETRIC_KEYS.getOrDefault(option, key) : key,
                value(option, options.get(option)));
          }
        });
    if (options.containsKey(STEPS)) {
      translated.put("parameterization.type", "x0"); // the only one supported there
      translated.put("generator.class-conditional", false); // always unconditional there
      translated.put("discriminator.class-conditional", false);
    }
    return translated;
  }

  private static Object value(String option, Object value) {
    if (value instanceof Boolean chosen && option.equals(WITHOUT_TANH)) {
      return !chosen;
    }
    if (value instanceof Boolean chosen && option.equals(GEOMETRIC)) {
      return chosen ? "geometric" : "vp";
    }
    return value instanceof String text
        ? text.toLowerCase(Locale.ROOT).replace('_', '-').replace("oneadagn", "one-adagn")
        : value;
  }
}
