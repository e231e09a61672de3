/// Where the members of a tuple lie: a tuple conforms to no protocol, so its description by the
/// compiler is read.
///
/// The description begins with three words: its kind, the number of members, their names; then each
/// member has its type and its place (The Swift Project, "Type Metadata", section "Tuple Metadata").
struct TupleLayout<Tuple> {
  private let members: [(type: Any.Type, offset: Int)]

  /// Reads the layout of a tuple's type; ends the program where it is another type.
  init(of type: Tuple.Type) {
    let description = unsafeBitCast(type, to: UnsafeRawPointer.self)
    let isTuple = description.load(as: UInt.self) == 0x301
    guard isTuple, MemoryLayout<Int>.size == 8 else {
      fatalError(
        "values of type \(type) cannot be handed to a learner's function: conform it to WireValue")
    }
    let count = description.load(fromByteOffset: 8, as: Int.self)
    members = (0..<count).map { index in
      let start = 24 + 16 * index
      // On Linux the place has 32 bits and padding.
      return (
        description.load(fromByteOffset: start, as: Any.Type.self),
        Int(description.load(fromByteOffset: start + 8, as: UInt32.self))
      )
    }
  }

  func requireParts() { for member in members { requireWireValues(of: member.type) } }

  func write(_ tuple: Tuple, to wire: inout WireWriter) {
    withUnsafeBytes(of: tuple) { bytes in
      func write<Member>(_ type: Member.Type, at offset: Int) {
        wire.write(bytes.baseAddress!.advanced(by: offset).assumingMemoryBound(to: type).pointee)
      }
      for member in members { write(member.type, at: member.offset) }
    }
  }

  func read(from wire: inout WireReader) throws(Unreadable) -> Tuple {
    let place = UnsafeMutablePointer<Tuple>.allocate(capacity: 1)
    defer { place.deallocate() }
    let start = UnsafeMutableRawPointer(place)
    func read<Member>(_ type: Member.Type, at offset: Int) throws(Unreadable) {
      start.advanced(by: offset).initializeMemory(as: type, to: try wire.read(type))
    }
    func destroy<Member>(_ type: Member.Type, at offset: Int) {
      start.advanced(by: offset).assumingMemoryBound(to: type).deinitialize(count: 1)
    }
    for (index, member) in members.enumerated() {
      do throws(Unreadable) {
        try read(member.type, at: member.offset)
      } catch {
        for member in members[..<index] { destroy(member.type, at: member.offset) }
        throw error
      }
    }
    return place.move()
  }
}
