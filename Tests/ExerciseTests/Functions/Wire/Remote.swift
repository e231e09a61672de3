/// A function that a learner writes, as the checker sees it.
///
/// It is declared with the name under which it crosses and its type:
///
/// ```swift
/// @Remote("nearestCentres") public var nearestCentres:
///   @Sendable ([[Float]], [[Float]]) throws -> [Int]
/// ```
///
/// Until it is set, calling it calls the function of this name in the learner's process; the learner's
/// process sets it to the learner's function, and so do tests with a solution or a mutant. The last
/// argument may be `inout`: it crosses both ways.
@propertyWrapper
public struct Remote<Function: Sendable>: Sendable {
  private var function: Function
  /// The name under which the function is called.
  let name: String
  /// Whether it was set, so that it runs in this process.
  private(set) var isHere = false
  /// Calls a function with the arguments that came, and writes what is to go back.
  private let answer: @Sendable (Function, inout WireReader, inout WireWriter) throws -> Void

  /// The function.
  public var wrappedValue: Function {
    get { function }
    set {
      function = newValue
      isHere = true
    }
  }

  private init(
    _ name: String, _ types: [Any.Type], call function: Function,
    answer: @escaping @Sendable (Function, inout WireReader, inout WireWriter) throws -> Void
  ) {
    for type in types { requireWireValues(of: type) }
    (self.name, self.function, self.answer) = (name, function, answer)
  }
}

/// A chapter's functions: a struct of `@Remote` members.
public protocol RemoteFunctions: Sendable {
  /// The functions of the learner's process, none of them set.
  init()
}

/// What the learner's process asks of a function, whatever its type.
protocol RemoteFunction {
  var name: String { get }
  var isHere: Bool { get }
  /// Calls the function with the arguments that came, and writes its result.
  func answer(_ arguments: inout WireReader, into result: inout WireWriter) throws
}

extension Remote: RemoteFunction {
  func answer(_ arguments: inout WireReader, into result: inout WireWriter) throws {
    try answer(function, &arguments, &result)
  }
}

// One declaration for each number of arguments, without and with an `inout` at the end: a pack of types
// cannot stand for a function's parameters (Swift 6.3: "cannot fully abstract a value of variadic
// function type").
extension Remote {
  /// A function without arguments.
  public init<Result>(_ name: String) where Function == @Sendable () throws -> Result {
    self.init(
      name, [Result.self],
      call: {
        try Line.call(name, (), gives: Result.self)
      }
    ) { function, arguments, result in
      result.write(try function())
    }
  }

  /// A function of one argument.
  public init<A, Result>(_ name: String) where Function == @Sendable (A) throws -> Result {
    self.init(
      name, [A.self, Result.self],
      call: { a in
        try Line.call(name, a, gives: Result.self)
      }
    ) { function, arguments, result in
      let a = try arguments.read(A.self)
      try arguments.finish()
      result.write(try function(a))
    }
  }

  /// A function of one argument, which changes.
  public init<State, Result>(_ name: String)
  where Function == @Sendable (inout State) throws -> Result {
    self.init(
      name, [State.self, Result.self],
      call: { (state: inout State) -> Result in
        let answer = try Line.call(name, state, gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(&state)
      result.write((given, state))
    }
  }

  /// A function of two arguments.
  public init<A0, A1, Result>(_ name: String)
  where Function == @Sendable (A0, A1) throws -> Result {
    self.init(
      name, [A0.self, A1.self, Result.self],
      call: { a0, a1 in
        try Line.call(name, (a0, a1), gives: Result.self)
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      try arguments.finish()
      result.write(try function(a0, a1))
    }
  }

  /// A function of two arguments, of which the last changes.
  public init<A0, State, Result>(_ name: String)
  where Function == @Sendable (A0, inout State) throws -> Result {
    self.init(
      name, [A0.self, State.self, Result.self],
      call: { (a0: A0, state: inout State) -> Result in
        let answer = try Line.call(name, (a0, state), gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(a0, &state)
      result.write((given, state))
    }
  }

  /// A function of three arguments.
  public init<A0, A1, A2, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, Result.self],
      call: { a0, a1, a2 in
        try Line.call(name, (a0, a1, a2), gives: Result.self)
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      try arguments.finish()
      result.write(try function(a0, a1, a2))
    }
  }

  /// A function of three arguments, of which the last changes.
  public init<A0, A1, State, Result>(_ name: String)
  where Function == @Sendable (A0, A1, inout State) throws -> Result {
    self.init(
      name, [A0.self, A1.self, State.self, Result.self],
      call: { (a0: A0, a1: A1, state: inout State) -> Result in
        let answer = try Line.call(
          name, (a0, a1, state), gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(a0, a1, &state)
      result.write((given, state))
    }
  }

  /// A function of four arguments.
  public init<A0, A1, A2, A3, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, A3) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, A3.self, Result.self],
      call: { a0, a1, a2, a3 in
        try Line.call(name, (a0, a1, a2, a3), gives: Result.self)
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      let a3 = try arguments.read(A3.self)
      try arguments.finish()
      result.write(try function(a0, a1, a2, a3))
    }
  }

  /// A function of four arguments, of which the last changes.
  public init<A0, A1, A2, State, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, inout State) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, State.self, Result.self],
      call: { (a0: A0, a1: A1, a2: A2, state: inout State) -> Result in
        let answer = try Line.call(
          name, (a0, a1, a2, state), gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(a0, a1, a2, &state)
      result.write((given, state))
    }
  }

  /// A function of five arguments.
  public init<A0, A1, A2, A3, A4, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, A3, A4) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, A3.self, A4.self, Result.self],
      call: { a0, a1, a2, a3, a4 in
        try Line.call(name, (a0, a1, a2, a3, a4), gives: Result.self)
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      let a3 = try arguments.read(A3.self)
      let a4 = try arguments.read(A4.self)
      try arguments.finish()
      result.write(try function(a0, a1, a2, a3, a4))
    }
  }

  /// A function of five arguments, of which the last changes.
  public init<A0, A1, A2, A3, State, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, A3, inout State) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, A3.self, State.self, Result.self],
      call: { (a0: A0, a1: A1, a2: A2, a3: A3, state: inout State) -> Result in
        let answer = try Line.call(
          name, (a0, a1, a2, a3, state), gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      let a3 = try arguments.read(A3.self)
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(a0, a1, a2, a3, &state)
      result.write((given, state))
    }
  }

  /// A function of six arguments.
  public init<A0, A1, A2, A3, A4, A5, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, A3, A4, A5) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, A3.self, A4.self, A5.self, Result.self],
      call: { a0, a1, a2, a3, a4, a5 in
        try Line.call(name, (a0, a1, a2, a3, a4, a5), gives: Result.self)
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      let a3 = try arguments.read(A3.self)
      let a4 = try arguments.read(A4.self)
      let a5 = try arguments.read(A5.self)
      try arguments.finish()
      result.write(try function(a0, a1, a2, a3, a4, a5))
    }
  }

  /// A function of six arguments, of which the last changes.
  public init<A0, A1, A2, A3, A4, State, Result>(_ name: String)
  where Function == @Sendable (A0, A1, A2, A3, A4, inout State) throws -> Result {
    self.init(
      name, [A0.self, A1.self, A2.self, A3.self, A4.self, State.self, Result.self],
      call: { (a0: A0, a1: A1, a2: A2, a3: A3, a4: A4, state: inout State) -> Result in
        let answer = try Line.call(
          name, (a0, a1, a2, a3, a4, state), gives: (result: Result, state: State).self)
        state = answer.state
        return answer.result
      }
    ) { function, arguments, result in
      let a0 = try arguments.read(A0.self)
      let a1 = try arguments.read(A1.self)
      let a2 = try arguments.read(A2.self)
      let a3 = try arguments.read(A3.self)
      let a4 = try arguments.read(A4.self)
      var state = try arguments.read(State.self)
      try arguments.finish()
      let given = try function(a0, a1, a2, a3, a4, &state)
      result.write((given, state))
    }
  }
}
