package io.ddgan.cli.options;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes a word for one of a few things, in small letters or capitals, or says which there are.
 *
 * @param <E> the things
 */
public final class EnumConverter<E> implements ITypeConverter<E> {

  private final Class<E> type;

  private EnumConverter(Class<E> type) {
    this.type = type;
  }

  /** Has a command take the words of its options so. */
  public static void register(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      for (Class<?> type : option.auxiliaryTypes()) {
        register(command, type);
      }
    }
  }

  private static <E> void register(CommandLine command, Class<E> type) {
    if (type.isEnum()) {
      command.registerConverter(type, new EnumConverter<>(type));
    }
  }

  @Override
  public E convert(String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s but was '%s'"
                        .formatted(
                            Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT),
                            word)));
  }
}
