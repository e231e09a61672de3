// The two functions that TensorCore calls, from OpenBLAS's own header. It is read only with the
// package's trait OpenBLAS; a machine without the library builds everything else.
#include <cblas.h>
