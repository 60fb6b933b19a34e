package io.nsqlops.cli;

import java.lang.invoke.MethodHandleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The lambdas of a class, as lines of the JVM's list of classes to archive. The JVM lists only
 * those that were reached; a lambda that is not in the archive is a class to be made at each start,
 * some 0.3 ms of the main thread. The form is that of {@code -XX:DumpLoadedClassList} since JDK 16
 * (seen of 17 and 25).
 */
final class LambdaSites {
  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

  private LambdaSites() {}

  /** The lines for a class file; none if it has no lambda. */
  static Set<String> lines(byte[] classFile) {
    Set<String> lines = new LinkedHashSet<>();
    ClassReader reader = new ClassReader(classFile);
    String owner = reader.getClassName();
    MethodVisitor sites =
        new MethodVisitor(Opcodes.ASM9) {
          @Override
          public void visitInvokeDynamicInsn(
              String name, String descriptor, Handle bootstrap, Object... arguments) {
            // Serializable lambdas and such with bridges have another factory: there are few.
            if (bootstrap.getOwner().equals(FACTORY) && bootstrap.getName().equals("metafactory")) {
              lines.add(line(owner, name, descriptor, arguments));
            }
          }
        };
    ClassVisitor methods =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return sites;
          }
        };
    reader.accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return lines;
  }

  private static String line(String owner, String name, String descriptor, Object... arguments) {
    List<String> words = new ArrayList<>(List.of("@lambda-proxy", owner, name, descriptor));
    words.addAll(Arrays.stream(arguments).map(LambdaSites::words).toList());
    return String.join(" ", words);
  }

  private static String words(Object argument) {
    return argument instanceof Handle handle
        ? String.join(
            " ",
            "REF_" + MethodHandleInfo.referenceKindToString(handle.getTag()),
            handle.getOwner(),
            handle.getName(),
            handle.getDesc())
        : argument.toString();
  }
}
