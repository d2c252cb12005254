package io.ddgan.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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

  /** Characters that a number of a latent vector may take, with what stands around it. */
  private static final long WIDEST = 32;

  private static final long BESIDES = 4096;

  private static final JsonFactory JSON = new JsonFactory();

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

  /** Bytes that a request needs at most. */
  static long longest(Model model, int most) {
    return BESIDES + WIDEST * most * model.evaluations() * model.latentSize();
  }

  /**
   * Reads a request.
   *
   * @param body JSON
   * @param most examples that may be asked for
   * @throws RefusedException if anything in it is wrong; the message says what
   */
  static SampleRequest of(byte[] body, Model model, int most) {
    try (JsonParser json = JSON.createParser(body)) {
      return new Reading(json, model, most).request();
    } catch (StreamConstraintsException e) {
      throw new RefusedException(
          "the request has a name or a number that is longer than any could be", e);
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          "the request is not JSON, from line %d and column %d on"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    } catch (IOException e) {
      throw new RefusedException("the request cannot be read", e);
    }
  }

  /** A request on its way in; nothing is kept of it that cannot be part of one. */
  private static final class Reading {

    private final JsonParser json;
    private final Model model;
    private final int most;
    private final Set<String> keys = new HashSet<>();
    private int count = 1;
    private long seed;
    private long first;
    private Optional<Integer> label = Optional.empty();
    private Optional<List<List<List<Float>>>> latents = Optional.empty();
    private Format format = Format.JSON;

    Reading(JsonParser json, Model model, int most) {
      this.json = json;
      this.model = model;
      this.most = most;
    }

    SampleRequest request() throws IOException {
      Arguments.require(
          json.nextToken() == JsonToken.START_OBJECT,
          "the request is not a JSON object such as {\"count\": 4, \"seed\": 0}");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        Arguments.require(keys.add(key), "the request has %s twice".formatted(shortened(key)));
        json.nextToken();
        read(key);
      }
      Arguments.require(json.nextToken() == null, "the request goes on after its JSON object");
      Arguments.require(
          latents.isEmpty() || latents.get().size() == count,
          "latents are a list for each of the %d examples".formatted(count));
      return new SampleRequest(
          IntStream.range(0, count)
              .mapToObj(i -> new Draw(seed, first + i, label, latents.map(all -> all.get(i))))
              .toList(),
          format);
    }

    private void read(String key) throws IOException {
      switch (key) {
        case "count" -> count = (int) integer(key, 1, most);
        case "seed" -> seed = integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
        case "first" -> first = integer(key, 0, Long.MAX_VALUE - most);
        case "class" -> label = Optional.of(label());
        case "latents" -> latents = Optional.of(latents());
        case "format" -> format = format();
        default ->
            throw new RefusedException(
                "unknown key '%s'; there are count, seed, first, class, latents and format"
                    .formatted(shortened(key)));
      }
    }

    private static String shortened(String key) {
      return key.length() > 40 ? key.substring(0, 40) + "..." : key;
    }

    private long integer(String key, long from, long to) throws IOException {
      String range = "%s is a whole number from %d to %d".formatted(key, from, to);
      Arguments.require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, range);
      boolean isLong =
          json.getNumberType() == JsonParser.NumberType.INT
              || json.getNumberType() == JsonParser.NumberType.LONG;
      Arguments.require(isLong && json.getLongValue() >= from && json.getLongValue() <= to, range);
      return json.getLongValue();
    }

    private int label() throws IOException {
      Arguments.require(
          json.currentToken() == JsonToken.VALUE_STRING
              || json.currentToken() == JsonToken.VALUE_NUMBER_INT,
          "class is a name or a number");
      Arguments.require(
          !model.classes().isEmpty(), "this model does not look at classes; leave class out");
      return model.label(json.getText());
    }

    private Format format() throws IOException {
      for (Format each : Format.values()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(json.getText())) {
          return each;
        }
      }
      throw new RefusedException("format is json, png or npz");
    }

    private List<List<List<Float>>> latents() throws IOException {
      Arguments.require(
          model.latentSize() > 0,
          "latent vectors make no difference to this model; leave latents out");
      String shape =
          "latents are a list for each example, of %d vectors, one for each evaluation, of %d numbers"
              .formatted(model.evaluations(), model.latentSize());
      List<List<List<Float>>> all = new ArrayList<>();
      Arguments.require(json.currentToken() == JsonToken.START_ARRAY, shape);
      while (json.nextToken() == JsonToken.START_ARRAY && all.size() < most) {
        List<List<Float>> vectors = new ArrayList<>();
        for (int i = 0; i < model.evaluations(); i++) {
          Arguments.require(json.nextToken() == JsonToken.START_ARRAY, shape);
          vectors.add(vector(shape));
        }
        Arguments.require(json.nextToken() == JsonToken.END_ARRAY, shape);
        all.add(vectors);
      }
      Arguments.require(json.currentToken() == JsonToken.END_ARRAY, shape);
      return all;
    }

    private List<Float> vector(String shape) throws IOException {
      List<Float> numbers = new ArrayList<>();
      for (int i = 0; i < model.latentSize(); i++) {
        json.nextToken();
        Arguments.require(json.currentToken().isNumeric(), shape);
        Arguments.require(
            Float.isFinite(json.getFloatValue()), "a number of latents is too large for a float");
        numbers.add(json.getFloatValue());
      }
      Arguments.require(json.nextToken() == JsonToken.END_ARRAY, shape);
      return numbers;
    }
  }
}
