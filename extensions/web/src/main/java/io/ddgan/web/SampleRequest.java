package io.ddgan.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A request for samples, described in {@code openapi.yaml}. Missing keys are null.
 *
 * @param label name or number of a class
 * @param latents {@code [count][evaluations][latentSize]}
 */
record SampleRequest(
    Integer count,
    Long seed,
    Long offset,
    @JsonProperty("class") JsonNode label,
    List<List<List<Float>>> latents,
    Format format) {

  /** Format of the response. */
  enum Format {
    JSON("application/json"),
    PNG("image/png"),
    NPZ("application/octet-stream");

    final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  /** Fills in defaults. */
  SampleRequest {
    count = Optional.ofNullable(count).orElse(1);
    seed = Optional.ofNullable(seed).orElse(0L);
    offset = Optional.ofNullable(offset).orElse(0L);
    format = Optional.ofNullable(format).orElse(Format.JSON);
  }

  /**
   * Returns the requested draws.
   *
   * @param most maximum number of examples
   * @throws RefusedException if they do not suit the model; the message says why
   */
  List<Draw> draws(Model model, int most) {
    WebCommand.require(count >= 1 && count <= most, "count must be from 1 to %d".formatted(most));
    WebCommand.require(offset >= 0 && offset <= Long.MAX_VALUE - most, "offset must be at least 0");
    Optional<Integer> label =
        Optional.ofNullable(this.label).map(named -> model.classIndex(named.asText()));
    if (latents != null) {
      WebCommand.require(
          latents.size() == count
              && latents.stream()
                  .allMatch(
                      vectors ->
                          vectors != null
                              && vectors.size() == model.networkEvaluations()
                              && vectors.stream().allMatch(each -> isOf(each, model))),
          "latents must have %d entries, one per example, of %d vectors, one per evaluation, of %d numbers"
              .formatted(count, model.networkEvaluations(), model.latentSize()));
    }
    return IntStream.range(0, count)
        .mapToObj(
            i -> new Draw(seed, offset + i, label, Optional.ofNullable(latents).map(a -> a.get(i))))
        .toList();
  }

  private static boolean isOf(List<Float> vector, Model model) {
    return vector != null
        && vector.size() == model.latentSize()
        && vector.stream().allMatch(z -> z != null && Float.isFinite(z));
  }
}
