package dev.owlery.core.procedure;

import dev.owlery.api.procedure.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record travels as a struct, its components as members of their names. */
record RecordMapping(Constructor<? extends Record> constructor, List<MappedComponent> members)
    implements Mapping {

  record MappedComponent(String name, Method accessor, Mapping mapping) {}

  /**
   * The mapping of a record.
   *
   * @param type the record
   * @param others where the mappings of its components are found
   * @throws IllegalArgumentException if procedures cannot carry one of them
   */
  static RecordMapping of(Class<? extends Record> type, Mappings others) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] signature =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(signature);
      constructor.setAccessible(true);
      List<MappedComponent> members = new ArrayList<>();
      for (RecordComponent component : components) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        members.add(
            new MappedComponent(
                component.getName(), accessor, others.find(component.getGenericType())));
      }
      return new RecordMapping(constructor, List.copyOf(members));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getName() + " has no constructor", e);
    }
  }

  @Override
  public Object read(Value value) {
    if (!(value instanceof Value.Struct(var given))) {
      throw Mismatch.of("a struct", value);
    }
    Object[] arguments = new Object[members.size()];
    int known = 0;
    for (int i = 0; i < arguments.length; i++) {
      MappedComponent member = members.get(i);
      Value there = given.get(member.name());
      try {
        arguments[i] =
            there == null ? member.mapping().absent(member.name()) : member.mapping().read(there);
      } catch (Mismatch e) {
        throw there == null ? e : e.in("member " + member.name());
      }
      known += there == null ? 0 : 1;
    }
    if (known < given.size()) {
      throw new Mismatch(
          "it may have only the members "
              + String.join(", ", members.stream().map(MappedComponent::name).toList()));
    }
    return construct(arguments);
  }

  private Object construct(Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw new Mismatch(String.valueOf(refusal.getMessage()), refusal);
      }
      throw new IllegalStateException("a record's constructor failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record cannot be made", e);
    }
  }

  @Override
  public Value write(Object object) {
    Map<String, Value> struct = new LinkedHashMap<>();
    for (MappedComponent member : members) {
      Object component = component(member, object);
      if (!member.mapping().isAbsence(component)) {
        struct.put(member.name(), member.mapping().write(component));
      }
    }
    return Value.Struct.of(struct);
  }

  private static Object component(MappedComponent member, Object object) {
    try {
      return member.accessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component cannot be read", e);
    }
  }
}
