package io.ddgan.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a request for samples asks for.
 *
 * @param draws the examples
 * @param format what they are sent as
 */
record SampleRequest(List<Draw> draws, Format format) {

  private static final Set<String> KEYS =
      Set.of("count", "seed", "first", "class", "latents", "format");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What examples are sent as. */
  enum Format {
    JSON("application/json"),
    PNG("image/png"),
    NPZ("application/octet-stream");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }
  }

  /**
   * Reads a request.
   *
   * @param body JSON
   * @param most examples that may be asked for
   * @throws RefusedException if anything in it is wrong; the message says what
   */
  static SampleRequest of(byte[] body, Model model, int most) {
    JsonNode json = parsed(body);
    if (!json.isObject()) {
      throw new RefusedException(
          "the request is no JSON object such as {\"count\": 4, \"seed\": 0}");
    }
    Iterator<String> names = json.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw new RefusedException(
            "unknown key '%s'; there are count, seed, first, class, latents and format"
                .formatted(name));
      }
    }
    int count = (int) integer(json, "count", 1, 1, most);
    long seed = integer(json, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    long first = integer(json, "first", 0, 0, Long.MAX_VALUE - most);
    Optional<Integer> label = label(json, model);
    Optional<List<List<List<Float>>>> latents = latents(json, model, count);
    List<Draw> draws =
        IntStream.range(0, count)
            .mapToObj(i -> new Draw(seed, first + i, label, latents.map(all -> all.get(i))))
            .toList();
    return new SampleRequest(draws, format(json));
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RefusedException("the request is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new RefusedException("the request cannot be read", e);
    }
  }

  private static long integer(JsonNode json, String key, long otherwise, long from, long to) {
    JsonNode value = json.get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new RefusedException(key + " is a whole number");
    }
    if (value.longValue() < from || value.longValue() > to) {
      throw new RefusedException("%s is from %d to %d".formatted(key, from, to));
    }
    return value.longValue();
  }

  private static Optional<Integer> label(JsonNode json, Model model) {
    JsonNode value = json.get("class");
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new RefusedException("class is a name or a number");
    }
    return Optional.of(model.label(value.asText()));
  }

  private static Format format(JsonNode json) {
    JsonNode value = json.get("format");
    if (value == null) {
      return Format.JSON;
    }
    for (Format format : Format.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(value.asText())) {
        return format;
      }
    }
    throw new RefusedException("format is json, png or npz");
  }

  private static Optional<List<List<List<Float>>>> latents(JsonNode json, Model model, int count) {
    JsonNode all = json.get("latents");
    if (all == null) {
      return Optional.empty();
    }
    if (model.latentSize() == 0) {
      throw new RefusedException("latent vectors make no difference to this model; leave them out");
    }
    String expected =
        "latents are %d lists, one for each example, of %d vectors, one for each evaluation, of %d numbers"
            .formatted(count, model.evaluations(), model.latentSize());
    List<List<List<Float>>> latents = new ArrayList<>();
    for (JsonNode example : elements(all, count, expected)) {
      List<List<Float>> vectors = new ArrayList<>();
      for (JsonNode vector : elements(example, model.evaluations(), expected)) {
        List<Float> numbers = new ArrayList<>();
        for (JsonNode number : elements(vector, model.latentSize(), expected)) {
          if (!number.isNumber() || !Float.isFinite(number.floatValue())) {
            throw new RefusedException(expected);
          }
          numbers.add(number.floatValue());
        }
        vectors.add(numbers);
      }
      latents.add(vectors);
    }
    return Optional.of(latents);
  }

  private static JsonNode elements(JsonNode array, int size, String expected) {
    if (!array.isArray() || array.size() != size) {
      throw new RefusedException(expected);
    }
    return array;
  }
}
