/// What can be named as a part of a module: a variable, a module, or an array of either.
///
/// The elements of an array are numbered: `"block": blocks` gives `block0`, `block1`, ….
public protocol Part {
  /// Calls `body` with this part and its path, then with all parts within it, in order.
  func visit(at path: String, _ body: (_ path: String, _ part: any Part) -> Void)

  /// An independent copy.
  func clone() -> Self
}

extension Variable: Part {
  /// Calls `body` with this variable; there is nothing within it.
  public func visit(at path: String, _ body: (String, any Part) -> Void) { body(path, self) }

  /// An independent variable with the same numbers, and a parameter where this one is.
  ///
  /// Within `keepingShared` all clones of one variable are the same.
  public func clone() -> Variable {
    func made() -> Variable {
      Variable(value, needsGradient: needsGradient && !FrozenClones.isOn)
    }
    return SharedClones.current?.clone(of: self, made: made) ?? made()
  }
}

extension Array: Part where Element: Part {
  /// Visits the elements, numbered from 0.
  public func visit(at path: String, _ body: (String, any Part) -> Void) {
    for (index, part) in enumerated() { part.visit(at: "\(path)\(index)", body) }
  }

  /// Copies of the elements; variables that elements share stay shared.
  public func clone() -> [Element] { keepingShared { map { $0.clone() } } }
}

/// Runs `body` so that each variable has one clone in it, however often it is cloned.
///
/// A variable that two layers of a model share is thus shared in the model's clone. A module whose own
/// parts share variables clones them within.
///
/// - Returns: what `body` returns.
public func keepingShared<Result>(_ body: () throws -> Result) rethrows -> Result {
  if SharedClones.current != nil { return try body() }
  return try SharedClones.$current.withValue(SharedClones(), operation: body)
}

/// The clones that were made within one `keepingShared`.
private final class SharedClones: @unchecked Sendable {  // Lives within one call of it.
  @TaskLocal static var current: SharedClones?
  /// Originals are kept too: the address of one that is gone could be another's.
  private var pairs: [ObjectIdentifier: (original: Variable, clone: Variable)] = [:]

  func clone(of original: Variable, made: () -> Variable) -> Variable {
    if let pair = pairs[ObjectIdentifier(original)] { return pair.clone }
    let clone = made()
    pairs[ObjectIdentifier(original)] = (original, clone)
    return clone
  }
}

/// Whether clones are constants.
enum FrozenClones {
  @TaskLocal static var isOn = false
}

extension Module {
  /// A clone whose parameters are constants: gradients flow through it to its input, and to none of its
  /// weights.
  ///
  /// So a generator is trained by what its discriminator says, at less than the discriminator's own
  /// training would cost. The clone shares its memory with the original until one of them is changed:
  /// let it go before the original's next step, or that step copies the weights.
  public func frozenClone() -> Self { FrozenClones.$isOn.withValue(true) { clone() } }

  /// Visits the module and its parts.
  public func visit(at path: String, _ body: (String, any Part) -> Void) {
    body(path, self)
    for (name, part) in parts.list {
      part.visit(at: path.isEmpty ? name : "\(path).\(name)", body)
    }
  }

  /// This module and all parts within it, each with its path.
  var everyPart: [(path: String, part: any Part)] {
    var list: [(String, any Part)] = []
    visit(at: "") { list.append(($0, $1)) }
    return list
  }
}

/// Named parts in a fixed order, written like a dictionary.
///
/// It is itself a module, so that several models can be trained and saved as one:
///
/// ```swift
/// let model: Parts = ["encoder": encoder, "head": head]
/// let optimizer = Adam(model.parameters, learningRate: 1e-3)
/// ```
public final class Parts: Module, ExpressibleByDictionaryLiteral {
  /// The parts, each with its name.
  let list: [(name: String, part: any Part)]

  /// Names parts; those that are nil are left out.
  public init(dictionaryLiteral elements: (String, (any Part)?)...) {
    list = elements.compactMap { name, part in part.map { (name, $0) } }
  }

  /// Numbers modules from 0.
  init(_ modules: [any Module]) {
    list = modules.enumerated().map { ("\($0.offset)", $0.element) }
  }

  private init(list: [(name: String, part: any Part)]) { self.list = list }

  /// The parts themselves.
  public var parts: Parts { self }

  /// The same names for clones of the parts; variables that parts share stay shared.
  public func clone() -> Parts {
    keepingShared { Parts(list: list.map { ($0.name, $0.part.clone()) }) }
  }
}
