package io.nsqlops.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 50MiB}, {@code 1.5GB/s}, {@code 800k}: bytes in a second. */
public final class ByteRate implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    long bytes = ByteSize.parse(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
    if (bytes < 0) {
      throw new TypeConversionException(
          "'" + text + "' is no rate: write bytes in a second like 50MiB");
    }
    return bytes;
  }
}
