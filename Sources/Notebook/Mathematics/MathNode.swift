/// A part of a formula.
indirect enum MathNode: Equatable {
  /// Parts beside each other.
  case row([MathNode])
  /// A variable; upright if it is not a single Latin or small Greek letter in italics.
  case identifier(MathSign, isUpright: Bool)
  /// Digits.
  case number(String)
  /// An operator, a relation, a bracket or a mark.
  case sign(MathSign)
  /// A function with a name, `log`; limits of some stand below it.
  case function(String, hasLimits: Bool)
  /// Words.
  case text(String)
  case fraction(MathNode, MathNode)
  case root(MathNode, index: MathNode?)
  case scripts(base: MathNode, lower: MathNode?, upper: MathNode?)
  case accent(MathAccent, MathNode)
  /// Something between brackets that grow with it; a missing bracket is nil.
  case fenced(open: MathSign?, MathNode, close: MathSign?)
  /// A brace below or above, with what it says.
  case brace(isBelow: Bool, MathNode, label: MathNode?)
  case table(MathTable)
  /// A space, in widths of the letter M.
  case space(Double)
}

/// A sign of a formula in both of its spellings.
struct MathSign: Equatable {
  /// How a sign behaves towards its neighbours.
  enum Role: Equatable {
    case ordinary, binary, relation, punctuation, open, close
    /// A sum, a product: its limits stand above and below it in a displayed formula.
    case large
    case integral
  }

  let unicode: String
  let ascii: String
  let role: Role

  init(_ unicode: String, _ ascii: String, _ role: Role = .ordinary) {
    (self.unicode, self.ascii, self.role) = (unicode, ascii, role)
  }
}

/// A mark above a letter.
struct MathAccent: Equatable {
  /// The sign that combines with the letter before it.
  let combining: String
  /// The sign that stands alone, for MathML.
  let alone: String
  let name: String
  let stretches: Bool
}

/// Rows of cells.
struct MathTable: Equatable {
  enum Kind: Equatable {
    /// Numbers between brackets, or between none.
    case matrix(open: String, close: String)
    /// Values with their conditions, behind a brace.
    case cases
    /// Lines that stand below each other at their signs of equality.
    case aligned
  }

  let kind: Kind
  let rows: [[MathNode]]
}
