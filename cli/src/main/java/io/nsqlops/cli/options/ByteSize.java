package io.nsqlops.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 64MiB}, {@code 1MB}, {@code 800k}: a number of bytes. */
public final class ByteSize implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    if (text.endsWith("/s")) {
      throw wrong(text);
    }
    try {
      return new ByteRate().convert(text);
    } catch (TypeConversionException e) {
      throw wrong(text);
    }
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException("'" + text + "' is no size: write bytes like 64MiB");
  }
}
