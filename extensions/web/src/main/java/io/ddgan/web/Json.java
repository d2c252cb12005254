package io.ddgan.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON of requests and responses. Requests are parsed strictly: nothing is converted or ignored.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private Json() {}

  /**
   * Reads a JSON object.
   *
   * @param type a record with its keys; missing keys are null and not allowed for primitive types
   * @throws RefusedException if the text is invalid; the message says where
   */
  static <T extends Record> T read(byte[] text, Class<T> type) {
    try (JsonParser json = MAPPER.createParser(text)) {
      return MAPPER.readValue(json, type);
    } catch (UnrecognizedPropertyException e) {
      throw new RefusedException(
          "unknown key '%s'; use one of %s".formatted(e.getPropertyName(), e.getKnownPropertyIds()),
          e);
    } catch (JsonProcessingException e) {
      String place =
          e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
              ? " at " + mapping.getPath().get(0).getFieldName()
              : "";
      throw new RefusedException("invalid JSON" + place + "; see /openapi.yaml", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a JSON object. */
  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
