// Vectors of floats, which the processor handles at once, and loops over them.
//
// Every function here is inlined into the kernels. None of them is public: a loop over a tensor
// must be compiled in this module, which is optimised also in a debug build.

typealias Pointer = UnsafeMutablePointer<Float>

#if WideVectors
  /// As many floats as one vector register holds: 16 with AVX-512.
  typealias Lanes = SIMD16<Float>
  /// The bits of `Lanes`, as integers.
  typealias LaneBits = SIMD16<Int32>
#else
  /// As many floats as one vector register holds: 8 with AVX2 (on arm64 a pair of registers).
  typealias Lanes = SIMD8<Float>
  /// The bits of `Lanes`, as integers.
  typealias LaneBits = SIMD8<Int32>
#endif

let laneCount = Lanes.scalarCount

/// Reads a whole vector; `p` needs no alignment.
@inline(__always)
func load(_ p: UnsafePointer<Float>) -> Lanes {
  UnsafeRawPointer(p).loadUnaligned(as: Lanes.self)
}

/// Reads the first `n < laneCount` numbers of a vector; the others are zero.
@inline(__always)
func load(_ p: UnsafePointer<Float>, _ n: Int) -> Lanes {
  var v = Lanes.zero
  for i in 0..<n { v[i] = p[i] }
  return v
}

/// Writes a whole vector; `p` needs no alignment.
@inline(__always)
func store(_ v: Lanes, _ p: Pointer) {
  UnsafeMutableRawPointer(p).storeBytes(of: v, as: Lanes.self)
}

/// Writes the first `n < laneCount` numbers of a vector.
@inline(__always)
func store(_ v: Lanes, _ p: Pointer, _ n: Int) {
  for i in 0..<n { p[i] = v[i] }
}

// MARK: Loops

/// y[i] = f(x[i]) for i in 0..<n.
///
/// `y` may be `x`.
///
/// Pass a short closure or an `@inline(__always)` function: a long closure is called, not inlined,
/// and costs several times as much.
@inline(__always)
func map(_ n: Int, _ x: Pointer, to y: Pointer, _ f: (Lanes) -> Lanes) {
  var i = 0
  while i &+ laneCount <= n {
    store(f(load(x + i)), y + i)
    i &+= laneCount
  }
  let rest = n &- i
  if rest > 0 { store(f(load(x + i, rest)), y + i, rest) }
}

/// y[i] = f(a[i], b[i]) for i in 0..<n.
@inline(__always)
func map(_ n: Int, _ a: Pointer, _ b: Pointer, to y: Pointer, _ f: (Lanes, Lanes) -> Lanes) {
  var i = 0
  while i &+ laneCount <= n {
    store(f(load(a + i), load(b + i)), y + i)
    i &+= laneCount
  }
  let rest = n &- i
  if rest > 0 { store(f(load(a + i, rest), load(b + i, rest)), y + i, rest) }
}

/// y[i] = f(a[i], b[i], c[i]) for i in 0..<n.
@inline(__always)
func map(
  _ n: Int, _ a: Pointer, _ b: Pointer, _ c: Pointer, to y: Pointer,
  _ f: (Lanes, Lanes, Lanes) -> Lanes
) {
  var i = 0
  while i &+ laneCount <= n {
    store(f(load(a + i), load(b + i), load(c + i)), y + i)
    i &+= laneCount
  }
  let rest = n &- i
  if rest > 0 { store(f(load(a + i, rest), load(b + i, rest), load(c + i, rest)), y + i, rest) }
}

/// y[i] = f(a[i], b[i], c[i], d[i]) for i in 0..<n.
@inline(__always)
func map(
  _ n: Int, _ a: Pointer, _ b: Pointer, _ c: Pointer, _ d: Pointer, to y: Pointer,
  _ f: (Lanes, Lanes, Lanes, Lanes) -> Lanes
) {
  var i = 0
  while i &+ laneCount <= n {
    store(f(load(a + i), load(b + i), load(c + i), load(d + i)), y + i)
    i &+= laneCount
  }
  let rest = n &- i
  if rest > 0 {
    let v = f(load(a + i, rest), load(b + i, rest), load(c + i, rest), load(d + i, rest))
    store(v, y + i, rest)
  }
}

/// The sum of f(x[i]) for i in 0..<n.
///
/// The lanes are summed apart and added at the end, so the order of the additions, and with it the
/// last bit, depends on n alone.
@inline(__always)
func sum(_ n: Int, _ x: Pointer, _ f: (Lanes) -> Lanes = { $0 }) -> Float {
  var lanes = Lanes.zero
  var i = 0
  while i &+ laneCount <= n {
    lanes += f(load(x + i))
    i &+= laneCount
  }
  var total = lanes.sum()
  if i < n {
    let last = f(load(x + i, n &- i))
    for j in 0..<(n &- i) { total += last[j] }
  }
  return total
}

/// The sum of f(x[i], y[i]) for i in 0..<n.
@inline(__always)
func sum(_ n: Int, _ x: Pointer, _ y: Pointer, _ f: (Lanes, Lanes) -> Lanes) -> Float {
  var lanes = Lanes.zero
  var i = 0
  while i &+ laneCount <= n {
    lanes += f(load(x + i), load(y + i))
    i &+= laneCount
  }
  var total = lanes.sum()
  if i < n {
    let last = f(load(x + i, n &- i), load(y + i, n &- i))
    for j in 0..<(n &- i) { total += last[j] }
  }
  return total
}

/// The largest of n numbers; -infinity for none.
@inline(__always)
func maximum(_ n: Int, _ x: Pointer) -> Float {
  var lanes = Lanes(repeating: -.infinity)
  var i = 0
  while i &+ laneCount <= n {
    let v = load(x + i)
    lanes.replace(with: v, where: v .> lanes)
    i &+= laneCount
  }
  var largest = lanes.max()
  while i < n {
    largest = max(largest, x[i])
    i &+= 1
  }
  return largest
}
