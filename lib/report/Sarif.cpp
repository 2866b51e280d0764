#include "report/Renderers.h"
std::string netdev::renderSarif(const Run &, const RenderOptions &) {
  return "";
}
