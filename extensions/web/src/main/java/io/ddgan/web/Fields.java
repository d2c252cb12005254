package io.ddgan.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a request, by name. What is wrong with one is an {@link RefusedException} whose
 * message names it.
 */
final class Fields {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /** Reads a JSON object. */
  static Fields of(byte[] text) throws IOException {
    try {
      JsonNode read = JSON.readTree(text);
      Arguments.require(read.isObject(), "the request is not a JSON object");
      return new Fields(read);
    } catch (JsonProcessingException e) {
      throw new RefusedException("the request is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private JsonNode field(String name) {
    return object.path(name);
  }

  /** Whether there is a field, and one that is not null. */
  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** An object within it. */
  Fields object(String name) {
    Arguments.require(field(name).isObject(), name + " is a JSON object");
    return new Fields(field(name));
  }

  long integer(String name, long from, long to) {
    return integer(field(name), name, from, to);
  }

  int integer(String name, int from, int to) {
    return (int) integer(field(name), name, from, to);
  }

  private static long integer(JsonNode value, String name, long from, long to) {
    boolean isThere =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= from
            && value.longValue() <= to;
    Arguments.require(isThere, "%s is a whole number from %d to %d".formatted(name, from, to));
    return value.longValue();
  }

  /** A field that may be missing, from 0 on. */
  Optional<Integer> someInteger(String name, int to) {
    return has(name) ? Optional.of(integer(name, 0, to)) : Optional.empty();
  }

  double number(String name, double most) {
    return number(field(name), name, most);
  }

  private static double number(JsonNode value, String name, double most) {
    Arguments.require(
        value.isNumber() && Math.abs(value.doubleValue()) <= most,
        "%s is a number from %s to %s".formatted(name, -most, most));
    return value.doubleValue();
  }

  /** A list of numbers from 0 on that is empty if it is missing. */
  List<Integer> integers(String name, int to, int longest) {
    List<Integer> all = new ArrayList<>();
    list(name, longest).forEach(each -> all.add((int) integer(each, name, 0, to)));
    return all;
  }

  /** A list that is empty if it is missing. */
  List<Double> numbers(String name, double most, int longest) {
    List<Double> all = new ArrayList<>();
    list(name, longest).forEach(each -> all.add(number(each, name, most)));
    return all;
  }

  private JsonNode list(String name, int longest) {
    JsonNode list = field(name);
    Arguments.require(
        !has(name) || (list.isArray() && list.size() <= longest),
        "%s is a list of at most %d numbers".formatted(name, longest));
    return list;
  }

  /** Bytes in base 64. */
  byte[] bytes(String name, int length) {
    String wanted = "%s is %d bytes in base 64".formatted(name, length);
    Arguments.require(field(name).isTextual(), wanted);
    try {
      byte[] bytes = Base64.getDecoder().decode(field(name).textValue());
      Arguments.require(bytes.length == length, wanted);
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(wanted, e);
    }
  }
}
