package io.nsqlops.backup.repository;

import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Names of chunk objects in key order, 36 bytes each however many there are. A chunk has one object
 * as a rule, named by its id; a name with a dot and a number is a further object of the same chunk.
 */
public final class ChunkTable {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}(\\.[1-9][0-9]{0,8})?");
  private static final int WORDS = 4;
  private static final int DIGITS = 16;

  private long[] ids = new long[WORDS * 64];
  private int[] numbers = new int[64];
  private int size;

  /** Whether this is the name of a chunk's object. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Adds a name.
   *
   * @throws IllegalArgumentException unless it comes after the last one; the numbers behind one id
   *     may come in any order
   */
  public void add(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of a chunk: " + name);
    }
    if (size == numbers.length) {
      ids = Arrays.copyOf(ids, ids.length * 2);
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
    }
    for (int i = 0; i < WORDS; i++) {
      ids[size * WORDS + i] = word(name, i);
    }
    numbers[size] = name.length() > 64 ? Integer.parseInt(name.substring(65)) : 0;
    if (size > 0 && compare(size - 1, name) > 0) {
      throw new IllegalArgumentException(name + " comes too late");
    }
    size++;
  }

  public int size() {
    return size;
  }

  public String name(int row) {
    StringBuilder name = new StringBuilder(64);
    for (int i = 0; i < WORDS; i++) {
      String digits = Long.toHexString(ids[row * WORDS + i]);
      name.append("0".repeat(DIGITS - digits.length())).append(digits);
    }
    return numbers[row] == 0 ? name.toString() : name.append('.').append(numbers[row]).toString();
  }

  /** Whether the table holds an object of this chunk. */
  public boolean contains(String id) {
    return first(id) < size && compare(first(id), id) == 0;
  }

  /**
   * Marks all objects of a chunk.
   *
   * @return whether there is any
   */
  public boolean mark(String id, BitSet rows) {
    int row = first(id);
    boolean any = false;
    for (; row < size && compare(row, id) == 0; row++) {
      rows.set(row);
      any = true;
    }
    return any;
  }

  /** The row of exactly this name, or -1. */
  public int row(String name) {
    int number = name.length() > 64 ? Integer.parseInt(name.substring(65)) : 0;
    for (int row = first(name); row < size && compare(row, name) == 0; row++) {
      if (numbers[row] == number) {
        return row;
      }
    }
    return -1;
  }

  /** The highest number behind this id, 0 for the id alone, -1 if it is not in the table. */
  int highest(String id) {
    int highest = -1;
    for (int row = first(id); row < size && compare(row, id) == 0; row++) {
      highest = Math.max(highest, numbers[row]);
    }
    return highest;
  }

  /** The first row whose id is not below this one's. */
  private int first(String id) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(int row, String name) {
    for (int i = 0; i < WORDS; i++) {
      int order = Long.compareUnsigned(ids[row * WORDS + i], word(name, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long word(String name, int i) {
    return Long.parseUnsignedLong(name, i * DIGITS, (i + 1) * DIGITS, 16);
  }
}
