package io.ddgan.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a whole number of at least 1. */
final class Positive implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String word) {
    try {
      int number = Integer.parseInt(word);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new TypeConversionException(
        "must be a whole number from 1 to %d; got %s".formatted(Integer.MAX_VALUE, word));
  }
}
