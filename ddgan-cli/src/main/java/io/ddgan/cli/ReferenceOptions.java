package io.ddgan.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Options of the reference implementation, which a training state of it keeps, in terms of ours.
 * Weights fit networks that compute something else with them; the options tell.
 */
final class ReferenceOptions {

  private static final Pattern WORD = Pattern.compile("[\\w.+-]+");

  private static final List<Option> OPTIONS =
      List.of(
          same("num_channels_dae", "generator.base-channels"),
          same("ch_mult", "generator.multipliers"),
          same("num_res_blocks", "generator.residual-blocks"),
          same("attn_resolutions", "generator.attention-resolutions"),
          same("nz", "generator.latent-size"),
          same("z_emb_dim", "generator.style-size"),
          same("n_mlp", "generator.mapping-layers"),
          renamed(
              "resblock_type", "generator.block", Map.of("biggan_oneadagn", "biggan-one-adagn")),
          renamed("progressive", "generator.progressive", Map.of("output_skip", "output-skip")),
          renamed(
              "progressive_input",
              "generator.progressive-input",
              Map.of("input_skip", "input-skip")),
          same("progressive_combine", "generator.progressive-combine"),
          same("embedding_type", "generator.embedding"),
          same("fourier_scale", "generator.fourier-scale"),
          same("fir", "generator.fir"),
          same("fir_kernel", "generator.fir-kernel"),
          same("resamp_with_conv", "generator.resample-with-conv"),
          same("skip_rescale", "generator.skip-rescale"),
          same("dropout", "generator.dropout"),
          same("centered", "generator.centered"),
          renamed("not_use_tanh", "generator.tanh", Map.of("true", "false", "false", "true")),
          same("conditional", "generator.conditional"),
          same("num_timesteps", "schedule.steps"),
          renamed("use_geometric", "schedule.type", Map.of("true", "geometric", "false", "vp")),
          same("beta_min", "schedule.beta-min"),
          same("beta_max", "schedule.beta-max"),
          same("t_emb_dim", "discriminator.time-embedding"),
          same("ngf", "discriminator.base-channels"));

  private final String source;
  private final Map<?, ?> options;

  /**
   * Options out of a file.
   *
   * @param source what an error calls the file
   * @param options values by the reference's names
   */
  ReferenceOptions(String source, Map<?, ?> options) {
    this.source = source;
    this.options = options;
  }

  /** An option of the reference, the key that it is here, and what its values are called here. */
  private record Option(String name, String key, Map<String, String> names) {}

  private static Option same(String name, String key) {
    return new Option(name, key, Map.of());
  }

  private static Option renamed(String name, String key, Map<String, String> names) {
    return new Option(name, key, names);
  }

  /**
   * Compares the options with a configuration, as far as both have them.
   *
   * @throws ConfigurationException if any differ; it names them all and says how to change them
   */
  void requireEqual(Config resolved) {
    List<Problem> problems = new ArrayList<>();
    for (Option option : OPTIONS) {
      Optional<String> theirs =
          text(options.get(option.name)).map(text -> option.names.getOrDefault(text, text));
      Optional<String> ours =
          resolved.hasPath(option.key) ? text(resolved.getAnyRef(option.key)) : Optional.empty();
      if (theirs.isPresent() && ours.isPresent() && !theirs.equals(ours)) {
        problems.add(
            new Problem(
                source,
                option.key,
                "trained with %s, but the configuration has %s; override it with %s=%s"
                    .formatted(theirs.get(), ours.get(), option.key, theirs.get())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** A value in one way of writing; empty if it is neither plain nor a list of plain ones. */
  private static Optional<String> text(Object value) {
    if (value instanceof List<?> list) {
      List<Optional<String>> elements = list.stream().map(ReferenceOptions::plain).toList();
      return elements.stream().allMatch(Optional::isPresent)
          ? Optional.of(
              elements.stream().map(Optional::get).collect(Collectors.joining(",", "[", "]")))
          : Optional.empty();
    }
    return plain(value);
  }

  private static Optional<String> plain(Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return Optional.of(
          BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros().toPlainString());
    }
    if (value instanceof String text) {
      return Optional.of(WORD.matcher(text).matches() ? text : ConfigUtil.quoteString(text));
    }
    return value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
  }
}
