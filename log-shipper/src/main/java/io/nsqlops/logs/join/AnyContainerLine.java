package io.nsqlops.logs.join;

/**
 * The envelope of whichever runtime wrote the line. They cannot be taken for each other: a line of
 * a CRI runtime begins with a time, one of Docker with a brace.
 */
public final class AnyContainerLine implements ContainerLine {
  private final CriLine cri = new CriLine();
  private final DockerLine docker = new DockerLine();
  private ContainerLine last = cri;

  @Override
  public boolean scan(byte[] line, int from, int to) {
    last = from < to && line[from] == '{' ? docker : cri;
    return last.scan(line, from, to);
  }

  @Override
  public int stream() {
    return last.stream();
  }

  @Override
  public int timeFrom() {
    return last.timeFrom();
  }

  @Override
  public int timeEnd() {
    return last.timeEnd();
  }

  @Override
  public boolean isPartial() {
    return last.isPartial();
  }

  @Override
  public byte[] text() {
    return last.text();
  }

  @Override
  public int contentFrom() {
    return last.contentFrom();
  }

  @Override
  public int contentEnd() {
    return last.contentEnd();
  }
}
